"""HTML that a notebook shows in place: in a frame of its own, from which it can reach nothing of the notebook."""

from html import escape
from typing import ClassVar


class Framed(str):
    """The HTML of a whole page. A notebook shows the page, not the text."""

    TITLE: ClassVar[str] = "Page"
    SANDBOX: ClassVar[str] = "allow-popups allow-popups-to-escape-sandbox"
    """What it may do inside a notebook: open sources, and no more."""

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="{self.TITLE}" sandbox="{self.SANDBOX}" width="100%" height="680" '
            f'style="border: 1px solid #8884; border-radius: 8px" srcdoc="{escape(self)}"></iframe>'
        )
