"""Pages to print: tagged PDF (PDF/UA-1, ISO 14289-1) set by Typst, from data alone.

A room brings a template (`.typ`, beside the room), a sheet (words and trees of content, as JSON) and pictures. Text of
people never becomes Typst source: it arrives as strings in JSON and stays that. `tree` turns clean HTML into such a
tree; `printing` sets it in a process of its own, with so much time and memory and no more.
"""
