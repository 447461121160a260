"""Public offices as the text speaks of them: a title with whose office it is, and who is named with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dipgraph.language import titles
from dipgraph.language.mentions import Mention, by_token
from dipgraph.language.names import PERSON
from dipgraph.language.subjects import subjects
from dipgraph.language.titles import Title
from dipgraph.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DEPARTMENT = ("of", "for")
_INDEFINITE = ("a", "an", "no", "any", "every", "each", "another", "some")
_THEN = ("at the time", "of the day")
_BREAKS = (",", "(", "-", "--", ":")

Slots = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Named:
    """A person named with a title, and what the prepositions after the name say ("X [from Washington]")."""

    token: int
    slots: Slots


@dataclass(frozen=True)
class Post:
    """A title at tokens `[start, end)`, with tokens of its polity, of its slots and of its holders."""

    start: int
    end: int
    head: int
    offices: tuple[str, ...]
    polity: tuple[int, ...]
    person: int | None
    """The person by whom it is told: "HIS Russian counterpart", "the MINISTER's predecessor"."""
    slots: Slots
    named: tuple[Named, ...]
    plural: bool
    anaphoric: bool
    """Whether whose office it is, is only pointed at: "its", "that country's"."""
    definite: bool
    """Whether it points at somebody by itself: "the president", "Peru's president", "President"."""
    begin: int
    """Where its phrase begins: "the former Indian prime minister" begins at "the"."""
    after: int
    """Where its phrase ends, before the names."""


def find(doc: "Doc", mentions: Sequence[Mention], offices: Mapping[str, str], ontology: Ontology) -> tuple[Post, ...]:
    """All posts of a document, in order."""
    return tuple(_Phrases(doc, mentions, offices, ontology).posts())


class _Phrases:
    """The phrases around titles: what stands before, after and between them."""

    def __init__(self, doc: "Doc", mentions: Sequence[Mention], offices: Mapping[str, str], ontology: Ontology):
        self.doc = doc
        self.at = by_token(mentions)
        covered = {i for m in mentions if not m.entity.generic for i in range(m.start, m.end)}
        self.titles = {title.start: title for title in titles.spot(doc, offices, covered)}
        self.honorifics = ontology.classes[PERSON].name_words
        self.ranks: set[int] = set()
        """Titles that only dress a name: "the minister, AMBASSADOR Dada"."""

    def posts(self) -> Iterator[Post]:
        before: Post | None = None
        for title in self.titles.values():
            if title.start not in self.ranks and (before is None or title.start >= before.end):
                before = self._post(title, before)
                yield before

    def _post(self, title: Title, before: Post | None) -> Post:
        start, end, names = title.start, title.end, title.offices
        if department := self._department(start, end):
            end, portfolio = department
            names = tuple(f"{name} {portfolio}" for name in names)
        else:
            start, names = self._with_compounds(start, names)
        polity, person, begin = self._owner(start)
        slots, after = self._prepositions(end)
        plural = title.plural
        if self.doc[after : after + 3].text.lower() in _THEN:
            after += 3
        first = self.doc[begin]
        as_title = begin > 0 and self.doc[begin - 1].lower_ == "as"
        owned = bool(polity) or person is not None
        definite = not as_title and first.lower_ not in _INDEFINITE and (owned or self._points(begin, start))
        chained = before is not None and before.named and begin == before.after + 1 and self._and(before.after)
        if before is not None and chained and not plural and not before.plural and before.named[0].token < begin:
            named = before.named  # "X, president of A and chairman of B"
        else:
            named = self._as(begin) if as_title else tuple(self._named(begin, start, end, after, plural))
        if not person and first.tag_ == "WP$":
            person = self._antecedent(first)
        head = self.doc[start:end].root.i
        anaphoric = owned and not any(i in self.at for i in (*polity, person))
        return Post(start, end, head, names, polity, person, slots, named, plural, anaphoric, definite, begin, after)

    def _points(self, begin: int, start: int) -> bool:
        """An article, or a title that stands like a name."""
        return self.doc[begin].pos_ == "DET" or (
            self.doc[start].text[0].isupper() and not self.doc[start].is_sent_start
        )

    def _antecedent(self, relative: "Token") -> int | None:
        clause = next((a for a in relative.ancestors if a.dep_ == "relcl"), None)
        return clause.head.i if clause is not None else None

    def _department(self, start: int, end: int) -> tuple[int, str] | None:
        """ "minister of trade and industry": what follows names a portfolio, not a state or body."""
        doc = self.doc
        if end + 1 >= len(doc) or doc[end].lower_ not in _DEPARTMENT or doc[end - 1].tag_ in ("NNS", "NNPS"):
            return None
        stop = end + 1
        while stop < len(doc) and doc[stop].pos_ in ("NOUN", "PROPN", "ADJ", "CCONJ") and stop not in self.at:
            stop += 1
        while stop > end + 1 and doc[stop - 1].pos_ in ("CCONJ", "ADJ"):
            stop -= 1
        words = doc[end + 1 : stop]
        if not len(words) or doc[end - 1].text[0].isupper() != words[0].text[0].isupper():
            return None
        return stop, f"{doc[end].lower_} {' '.join(t.lower_ for t in words)}"

    def _with_compounds(self, start: int, names: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """ "trade minister", "deputy trade minister": a noun before the title belongs to it unless it names someone."""
        doc = self.doc
        while start and start - 1 not in self.at:
            before = doc[start - 1]
            capital = before.text[0].isupper() == doc[start].text[0].isupper()
            if (
                before.pos_ not in ("NOUN", "PROPN")
                or before.dep_ != "compound"
                or before.ent_type_ == "DATE"
                or not capital
            ):
                break
            start, names = start - 1, tuple(f"{before.lower_} {name}" for name in names)
        return start, names

    def _owner(self, start: int) -> tuple[tuple[int, ...], int | None, int]:
        """Tokens of the nationality, body or possessor before the title; the person whose it is; where it all begins."""
        doc, at = self.doc, self.at
        begin = self._over(start, ("ADJ", "ADV", "NUM", "VERB"))
        before = begin - 1
        possessed = before >= 0 and doc[before].tag_ == "POS"
        before -= possessed
        polity: tuple[int, ...] = ()
        if before in at and at[before].entity.kind != PERSON and (possessed or at[before].end == begin):
            polity = self._coordinated(at[before])
            begin = min(at[i].start for i in polity)
            if possessed:
                return polity, None, self._over(begin, ("DET", "ADJ", "ADV"))
            begin = self._over(begin, ("ADJ", "ADV"))
            before = begin - 1
            possessed = before >= 0 and doc[before].tag_ == "POS"
            before -= possessed
        if before in at and possessed:
            return polity, at[before].head, at[before].start
        if possessed and before >= 0 and doc[before].text in self.honorifics:  # "Her Majesty's ambassador to Togo"
            return polity, None, doc[before].left_edge.i
        if possessed and before >= 0:
            return (polity or (before,)), before if polity else None, doc[before].left_edge.i
        if before >= 0 and doc[before].tag_ == "PRP$":
            return polity, before, before
        return polity, None, self._over(begin, ("DET", "ADJ", "ADV"))

    def _over(self, begin: int, parts: Sequence[str]) -> int:
        """Leftward over words of these parts of speech that are in no name."""
        doc = self.doc
        while begin and begin - 1 not in self.at and doc[begin - 1].pos_ in parts and not doc[begin - 1].is_punct:
            if doc[begin - 1].pos_ in ("ADV", "VERB") and doc[begin - 1].dep_ not in ("advmod", "amod"):
                break
            begin -= 1
        return begin

    def _coordinated(self, mention: Mention) -> tuple[int, ...]:
        """ "the Thai, Indian and Japanese prime ministers": owners in a list right before the title."""
        heads, first = [mention.head], mention
        while first.start > 1 and self._joins(first.start - 1, listed=len(heads) > 1) and first.start - 2 in self.at:
            first = self.at[first.start - 2]
            if not (first.demonym and mention.demonym):
                break
            heads.append(first.head)
        return tuple(reversed(heads))

    def _joins(self, position: int, *, listed: bool) -> bool:
        return self._and(position) or (listed and self.doc[position].text == ",")

    def _and(self, position: int) -> bool:
        return position < len(self.doc) and self.doc[position].lower_ in ("and", "&")

    def _prepositions(self, end: int) -> tuple[dict[str, tuple[int, ...]], int]:
        """Mentions in prepositional phrases that begin here: "of France", "in Kyiv", "to the United Nations"."""
        doc, at = self.doc, self.at
        slots: dict[str, tuple[int, ...]] = {}
        position = end
        while position + 1 < len(doc) and doc[position].pos_ in ("ADP", "PART") and doc[position].lower_ not in slots:
            inside = position + 1
            while inside < len(doc) and inside not in at and doc[inside].pos_ in ("DET", "ADJ"):
                inside += 1
            if inside not in at or at[inside].entity.kind == PERSON:
                break
            mention = at[inside]
            others = [t.i for t in doc[mention.head].conjuncts if t.i > mention.head and t.i in at]
            slots[doc[position].lower_] = (mention.head, *(i for i in others if at[i].entity.kind != PERSON))
            position = max(at[i].end for i in slots[doc[position].lower_])
            if position < len(doc) and doc[position].tag_ == "POS":  # "the chief of Kenya's defence forces"
                position += 1
                while position < len(doc) and doc[position].pos_ in ("ADJ", "NOUN", "PROPN"):
                    position += 1
                break
        return slots, position

    def _named(self, begin: int, start: int, end: int, after: int, plural: bool) -> Iterable[Named]:
        """Persons named with it: after it, in apposition either way, in brackets, as subject or complement of "be"."""
        doc = self.doc
        follower = self._person_from(end) if after == end else self._person_from(after)
        if follower is None and self._and(end) and end + 1 in self.titles and doc[end - 1].text[0].isupper():
            follower = self._person_from(self.titles[end + 1].end)  # "President and Prime Minister X"
        if follower is not None:
            return self._list_from(follower, plural)
        if begin == start and doc[start].text[0].islower() and (listed := self._named_before(begin, after, plural)):
            return listed  # "X, director of A, Y, president of B"
        if (
            self._and(after) and after + 1 in self.titles and not plural
        ):  # "the vice president and minister of trade, X"
            second = self.titles[after + 1]
            department = self._department(second.start, second.end)
            after = department[0] if department else second.end
        if after < len(doc) and doc[after].text in _BREAKS:
            follower = self._person_from(after + 1, ranked=True)
            if follower is not None:
                people = tuple(self._list_from(follower, plural))
                if doc[after].text == "(" or self._closes(people[-1]):
                    return people
        return self._named_before(begin, after, plural) or self._equated(begin, start, end)

    def _as(self, begin: int) -> tuple[Named, ...]:
        """ "As president of Togo, X refused": the subject, where the sentence begins so."""
        opening = self.doc[begin - 1]
        people = subjects(opening.head) if opening.is_sent_start and opening.head.pos_ in ("VERB", "AUX") else []
        return tuple(Named(t.i, {}) for t in people if self._is_person(t.i))

    def _named_before(self, begin: int, after: int, plural: bool) -> tuple[Named, ...]:
        """ "X, the president of"; "X and Y, the foreign ministers of"."""
        doc, at = self.doc, self.at
        last = begin - 2 if begin >= 2 and doc[begin - 1].text in (",", "(", "-", "--") else -1
        if last not in at or at[last].entity.kind != PERSON or not self._ends(after):
            return ()
        people = [at[last]]
        while plural and (before := self._person_before(people[0].start)):
            people.insert(0, before)
        return tuple(Named(m.head, {}) for m in people) if len(people) > 1 or not plural else ()

    def _person_before(self, position: int) -> Mention | None:
        """The person listed before the one that begins here."""
        doc = self.doc
        while position and doc[position - 1].text.rstrip(".") in self.honorifics:
            position -= 1
        while position and (self._and(position - 1) or doc[position - 1].text == ","):
            position -= 1
            if position - 1 in self.at:
                mention = self.at[position - 1]
                return mention if mention.entity.kind == PERSON else None
        return None

    def _equated(self, begin: int, start: int, end: int) -> tuple[Named, ...]:
        """Whom the parse calls so: "X is the president", "whose president is X", apposition at a distance."""
        head = self.doc[start:end].root
        verb = head.head
        if head.dep_ in ("attr", "appos") and self._is_person(verb.i):
            return (Named(verb.i, {}),)
        if verb.lemma_ not in ("be", "remain") or any(c.dep_ == "neg" or c.tag_ == "MD" for c in verb.children):
            return ()
        if head.dep_ == "attr":
            return tuple(Named(t.i, {}) for t in subjects(verb) if t.i not in range(begin, end))
        if head.dep_ == "nsubj":
            return tuple(Named(t.i, {}) for t in verb.children if t.dep_ == "attr" and self._is_person(t.i))
        return ()

    def _is_person(self, i: int) -> bool:
        return i in self.at and self.at[i].entity.kind == PERSON

    def _person_from(self, position: int, *, ranked: bool = False) -> int | None:
        """The head of a person's name that begins here, after honorifics; and after a title, where that is but a rank."""
        doc = self.doc
        while position < len(doc) and position not in self.at:
            title = self.titles.get(position)
            if title is not None and ranked:
                self.ranks.add(position)
                position = title.end
            elif self._dresses(position):
                position += 1
            else:
                return None
        return self.at[position].head if self._is_person(position) else None

    def _dresses(self, position: int) -> bool:
        """Whether a word only leads to a name: an honorific with its full stop, "the", "one"."""
        word = self.doc[position]
        honorific = word.text.rstrip(".") in self.honorifics
        return honorific or word.lower_ in ("the", "one") or (word.text == "." and self._dresses(position - 1))

    def _list_from(self, first: int, plural: bool) -> Iterator[Named]:
        follower: int | None = first
        while follower is not None:
            slots, position = self._prepositions(self.at[follower].end)
            yield Named(follower, slots)
            while plural and position < len(self.doc) and (self.doc[position].text == "," or self._and(position)):
                position += 1
            follower = self._person_from(position) if plural and position > self.at[follower].end else None

    def _ends(self, position: int) -> bool:
        """Whether a title after a name ends its phrase here: not "X, the president's friend", not "X, diplomats said"."""
        if position >= len(self.doc):
            return True
        return not (self.doc[position].tag_ == "POS" or self.doc[position].pos_ in ("VERB", "AUX", "NOUN"))

    def _closes(self, last: Named) -> bool:
        """Whether an apposition ends here: "Colombia's minister, X, said" but not "by order of the minister, X was named"."""
        doc = self.doc
        position = max([self.at[last.token].end, *(self.at[i].end for found in last.slots.values() for i in found)])
        return (
            position >= len(doc)
            or doc[position].text in (",", ".", ";", ")", "-", ":", "(")
            or doc[position].is_space
            or doc[position].pos_ == "CCONJ"
        )
