"""Who does what a verb says, wherever the sentence puts it: control, coordination, relatives, participles, voice."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "csubj")
_CLAUSES = ("csubj", "csubjpass")
_OF_OBJECT = ("on", "for", "of", "from")
_FINITE = ("VBD", "VBZ")


def subjects(token: "Token", depth: int = 0) -> list["Token"]:
    """Who does what the verb says, wherever the sentence puts it."""
    if depth > 6:
        return []
    if is_passive(token):
        return [p for c in token.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    own = [antecedent(c) for c in token.children if c.dep_ in _SUBJECTS] or _misread_subjects(token)
    if own:
        return [*stranded(token, own[0]), *own]
    head = token.head
    if first := _first_to(token, depth):
        return first
    if token.dep_ == "acl" and any(c.lower_ == "to" for c in token.lefts):  # "had no plans [to meet X]"
        owners = [antecedent(c) for c in head.children if c.dep_ == "poss"]  # "Algeria's decision [to cut X]"
        return owners or (subjects(head.head, depth + 1) if head.head.pos_ in ("VERB", "AUX") else [])
    if misread_relative(token) is not None:
        return [head]
    if token.dep_ == "acl" and (token.tag_ != "VBN" or _finite(token)):
        return [antecedent(head)]
    if token.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        while token.tag_ in _FINITE and head.tag_ == "VB" and head.head.pos_ == "VERB" and head.head != head:
            head = head.head  # "gave them a day to leave and [broke] off ties": not joined to "leave"
        return surface_subjects(head, depth + 1)
    if token.dep_ in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
        controlled = [antecedent(c) for c in head.children if c.dep_ in ("dobj", "dative") and c.i < token.i]
        controlled = controlled or [antecedent(c) for c in token.lefts if c.tag_ == "WP" and c.dep_ == "dobj"]
        return controlled or surface_subjects(head if head.pos_ in ("VERB", "AUX") else head.head, depth + 1)
    if token.dep_ == "advcl":
        return _absolute(token) or surface_subjects(head, depth + 1)
    if token.dep_ == "pcomp":
        verb = head.head.head if head.head.pos_ == "ADJ" else head.head  # "is [close to signing]"
        objects = [antecedent(c) for c in verb.rights if c.dep_ == "dobj" and c.pos_ in ("PROPN", "PRON")]
        if objects and head.lower_ in _OF_OBJECT:  # "accused X [of meeting Y]"
            return objects
        return surface_subjects(verb, depth + 1) if verb.pos_ in ("VERB", "AUX") else []
    return []


def _misread_subjects(token: "Token") -> list["Token"]:
    """A name before its verb that the parser takes for a time, an adverb or a part: "[Sunak] is due", "[Scholz] heads to"."""
    beside = [c for c in token.lefts if c.dep_ in ("npadvmod", "advmod") and (c.pos_ == "PROPN" or " " in c.text)]
    parts = [c for c in token.lefts if c.dep_ in ("compound", "nmod") and c.text[0].isupper()]
    return beside or (parts if token.tag_ in ("VBZ", "VBP", "VBD") else [])


def stranded(token: "Token", subject: "Token") -> list["Token"]:
    """The first of two names, where the parser leaves it out of the subject: "[X] and Y were", "[X], Y hold talks"."""
    first = subject.doc[max(subject.left_edge.i - 2, 0)]
    linked = subject.doc[max(subject.left_edge.i - 1, 0)].lower_ in ("and", ",")
    outside = first == token.head if token.dep_ == "conj" else first.head == token and first.dep_ == "npadvmod"
    unclosed = [c for c in subject.rights if c.dep_ == "appos" and c.pos_ == subject.pos_ == "PROPN"]
    after = subject.doc[subject.right_edge.i + 1 :][:1].text
    if len(unclosed) == 1 and subject.right_edge == unclosed[0] and after not in ("", ",", "(", "-"):
        return unclosed  # "[X], Y to meet": an apposition would end with a comma
    return [first] if linked and outside and first.pos_ == "PROPN" else []


def _first_to(token: "Token", depth: int) -> list["Token"]:
    """ "CHILE was the first country [to recognise it]", "CHILE, the first country [to recognise it]"."""
    noun = token.head
    infinitive = token.dep_ in ("acl", "relcl") and any(c.lower_ == "to" for c in token.lefts)
    ranked = (c.tag_ == "JJS" or c.ent_type_ == "ORDINAL" or c.lower_ in ("last", "only", "next") for c in noun.lefts)
    if not infinitive or not any(ranked):
        return []
    if noun.dep_ == "attr":
        return subjects(noun.head, depth + 1)
    edge = noun.left_edge
    before = noun.doc[edge.i - 2] if edge.i > 1 and edge.nbor(-1).text == "," else noun
    return [before] if before.pos_ == "PROPN" else [noun.head if noun.dep_ == "appos" else noun]


def _absolute(token: "Token") -> list["Token"]:
    """ "With KABILA, his predecessor, [handing over the sash]"."""
    beside = [c for c in token.head.children if c.lower_ == "with" and c.i < token.i and token.tag_ == "VBG"]
    return [p for c in beside if c.right_edge.i >= token.left_edge.i - 2 for p in c.children if p.dep_ == "pobj"]


def surface_subjects(token: "Token", depth: int) -> list["Token"]:
    passive = [antecedent(c) for c in token.children if c.dep_ in ("nsubjpass", "csubjpass")]
    if passive:
        return passive
    if token.dep_ == "acl" and token.tag_ in ("VBN", "VBD"):
        return [antecedent(token.head)]
    if token.dep_ == "relcl" and not any(c.dep_ in _SUBJECTS for c in token.children):
        return [antecedent(token.head)]
    return subjects(token, depth)


def is_relative(token: "Token") -> bool:
    """A relative clause, also one misread as a participle: "the treaty that he and X signed"."""
    own = any(c.dep_ in _SUBJECTS for c in token.lefts)
    return token.dep_ == "relcl" or (token.dep_ == "acl" and token.tag_ in ("VBN", "VBD") and own)


def misread_relative(token: "Token") -> "Token | None":
    """The noun of a relative clause whose verb is misread as a participle of its subject: "the PACT that both sides signed"."""
    if token.dep_ != "acl" or token.tag_ not in ("VBN", "VBD"):
        return None
    that = token.head.left_edge
    if that.lower_ != "that" or that.head != token.head:
        return None
    if that.i == 0 or that.i + 1 == token.head.i or that.nbor(-1).pos_ not in ("NOUN", "PROPN"):
        return None
    noun = that.nbor(-1)
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in ("NOUN", "PROPN"):
        noun = noun.head.head
    return noun


def _finite(token: "Token") -> bool:
    """A main verb misread as a participle of its subject: "[Adams, an envoy], dined with X"; a comma parts the two."""
    named = token.head.pos_ == "PROPN" or any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in token.head.rights)
    headline = token.i > 0 and token.head.dep_ == "ROOT" and named and token.nbor(-1).text == ","
    return token.dep_ == "acl" and headline and not any(c.dep_ == "agent" for c in token.children)


def is_passive(token: "Token") -> bool:
    if _finite(token) or (token.dep_ == "acl" and is_relative(token)) or misread_relative(token) is not None:
        return False
    if any(c.dep_ in ("nsubjpass", "csubjpass", "auxpass") for c in token.children) or is_cut_off(token):
        return True
    if token.dep_ in ("acl", "amod") or (
        token.dep_ == "advcl" and not any(c.dep_ in _SUBJECTS for c in token.children)
    ):
        participle = token.tag_ == "VBN" or (
            token.tag_ == "VBD" and token.head.i == token.i - 1
        )  # "the order bestowed on"
        return participle and not any(c.dep_ == "aux" for c in token.children)
    return (
        token.dep_ == "conj"
        and token.tag_ == "VBN"
        and is_passive(token.head)
        and not any(c.dep_ in (*_SUBJECTS, "aux") for c in token.children)
    )


def is_cut_off(token: "Token") -> bool:
    """A participle misread as the main verb: "X, ousted in a coup, fled"; one comma never parts a subject from its verb."""
    if token.tag_ not in ("VBD", "VBN") or any(c.dep_ in ("dobj", "aux") for c in token.children):
        return False
    subject = next((c for c in token.lefts if c.dep_ == "nsubj"), None)
    if subject is None or token.nbor(-1).text != ",":
        return False
    return bool(sum(t.text == "," for t in token.doc[subject.left_edge.i : token.i]) == 1)


def antecedent(token: "Token") -> "Token":
    """What a relative pronoun stands for, or "those" in "among those invited was X"; any other token itself.

    A clause that is a subject for want of a better reading is a cut-off participle: "TIES, broken off in May, were ..."
    """
    if token.dep_ in _CLAUSES:
        return next((c for c in token.lefts if c.dep_ == "nsubj"), token)
    if token.dep_ == "pobj" and token.head.lower_ in ("among", "amongst") and token.head.head.lemma_ == "be":
        return next((c for c in token.head.head.children if c.dep_ in ("attr", "nsubj")), token)
    if token.tag_ not in ("WDT", "WP", "WP$") and token.lower_ != "that":
        return token
    clause = next((a for a in token.ancestors if is_relative(a)), None)
    if clause is None:
        return _before_clause(token)
    return antecedent(_one_of(clause.head))


def _before_clause(pronoun: "Token") -> "Token":
    """The noun before a relative clause that the parser hangs on the verb: "left the UNION, to which Chad belongs"."""
    first = pronoun.head.i if pronoun.dep_ == "pobj" and pronoun.head.i == pronoun.i - 1 else pronoun.i
    before = pronoun.doc[first - 2] if first > 1 and pronoun.nbor(first - 1 - pronoun.i).text == "," else pronoun
    return before if pronoun.tag_ == "WDT" and before.pos_ in ("NOUN", "PROPN") else pronoun


def _one_of(noun: "Token") -> "Token":
    """ "CHILE is one of ten states that signed it": whom a noun's relative clause is about, where that is one of many."""
    one = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "of" or one.lower_ != "one":
        return noun
    if one.dep_ == "appos":
        return one.head
    return next((c for c in one.head.children if c.dep_ == "nsubj"), noun) if one.dep_ == "attr" else noun
