"""What is drawn: every mark belongs to an element of the tree, or is an artifact."""

from collections.abc import Iterator

import pikepdf

_DRAWS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI", "INLINE IMAGE"}


def misses(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A sentence for each page with a mark that belongs nowhere."""
    numbers = dict(_numbers(pdf))
    for place, page in enumerate(pdf.pages, 1):
        owned = numbers.get(int(page.get("/StructParents", -1)))
        yield from (f"{each} on page {place}" for each in sorted(set(_of_page(page, owned))))


def _of_page(page: pikepdf.Page, owned: pikepdf.Object | None) -> Iterator[str]:
    open_marks: list[str] = []
    for step in pikepdf.parse_content_stream(page):
        operands, operator = list(step.operands), step.operator
        name = str(operator)
        if name in {"BMC", "BDC"}:
            tag = str(operands[0])
            if tag == "/Artifact" and "tagged" in open_marks:
                yield "01-003: an artifact within an element"
            if tag != "/Artifact" and "artifact" in open_marks and _mark(operands) is not None:
                yield "01-004: an element within an artifact"
            open_marks.append(_kind(tag, operands))
            if (mark := _mark(operands)) is not None and not _is_owned(owned, mark):
                yield "01-005: a mark that the tree doesn't know"
        elif name == "EMC":
            open_marks.pop()
        elif name in _DRAWS and not {"tagged", "artifact"} & set(open_marks):
            yield "01-005: something drawn that is neither tagged nor an artifact"


def _kind(tag: str, operands: "list[pikepdf.Object]") -> str:
    if tag == "/Artifact":
        return "artifact"
    return "tagged" if _mark(operands) is not None else "other"


def _mark(operands: "list[pikepdf.Object]") -> int | None:
    told = operands[1] if len(operands) > 1 else None
    return int(told["/MCID"]) if isinstance(told, pikepdf.Dictionary) and "/MCID" in told else None


def _is_owned(owned: pikepdf.Object | None, mark: int) -> bool:
    return isinstance(owned, pikepdf.Array) and mark < len(owned) and isinstance(owned[mark], pikepdf.Dictionary)


def _numbers(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Object]]:
    """The parents of marks, page by page."""
    waiting = [pdf.Root.StructTreeRoot.ParentTree] if "/StructTreeRoot" in pdf.Root else []
    while waiting:
        node = waiting.pop()
        waiting += list(node.get("/Kids", []))
        pairs = list(node.get("/Nums", []))
        yield from ((int(number), parent) for number, parent in zip(pairs[::2], pairs[1::2], strict=True))
