"""`make notebooks`: run every notebook where it stands, and keep its outputs as they ran; wants Debian's Chromium.

What differs from run to run (times, ids of kernels) is left out. For a page, which is too big to keep and dead where a notebook
is only read, a photograph of it is kept. Each picture gets its caption as alternative text, and the one of the cell tagged
"cover" is put into `notebooks/pictures`.
"""

import base64
import re
import sys
from html import unescape
from io import BytesIO
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from picture import FLAGS
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "notebooks" / "pictures"
FRAME = re.compile(r'<iframe [^>]*srcdoc="([^"]*)"')
CAPTION = re.compile(r"\*\*Figure \d+\.\*\* (.+)", re.DOTALL)
WIDTH, HEIGHT, TALL = 1120, 700, 1300
"""The size of a photograph; that of a page which is rather read than clicked (a cell tagged "tall") is as long as
the page, within limits."""
NOTE = "Run the notebook to see the page itself here."


def executed(path: Path) -> nbformat.NotebookNode:
    """The notebook as it runs in its own folder."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    caption = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found = CAPTION.search(cell.source)
            caption = " ".join(found[1].split()) if found else ""
            continue
        for output in cell.outputs:
            tags = cell.metadata.get("tags", ())
            photographed(output, TALL if "tall" in tags else HEIGHT)
            if "image/png" in output.get("data", {}):
                cell.metadata["alt"] = caption.replace("`", "")
                if "cover" in tags:
                    png = base64.b64decode(output.data["image/png"])
                    (PICTURES / f"{path.stem}.png").write_bytes(png)
    return notebook


def photographed(output: nbformat.NotebookNode, height: int) -> None:
    """Replace a page by its photograph."""
    data = output.get("data", {})
    frame = FRAME.search(data.get("text/html", ""))
    if frame:
        del data["text/html"]
        data["image/png"] = base64.b64encode(photograph(unescape(frame[1]), height)).decode()
        data["text/plain"] = NOTE


def photograph(html: str, height: int) -> bytes:
    """A page as a visitor sees it first, with few colours: as small as can be."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        tab = browser.new_page(
            viewport={"width": WIDTH, "height": height}, color_scheme="light", reduced_motion="reduce"
        )
        tab.set_content(html)
        tab.wait_for_timeout(1500)
        length = min(height, max(HEIGHT, tab.evaluate("document.body.scrollHeight")))
        image = Image.open(BytesIO(tab.screenshot(clip={"x": 0, "y": 0, "width": WIDTH, "height": length})))
        browser.close()
    small = BytesIO()
    image.convert("RGB").quantize(96).save(small, "PNG", optimize=True)
    return small.getvalue()


def main(paths: list[Path]) -> None:
    """Run the notebooks given, or all."""
    PICTURES.mkdir(exist_ok=True)
    for path in paths or sorted((ROOT / "notebooks").glob("*.ipynb")):
        nbformat.write(executed(path.resolve()), path)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
