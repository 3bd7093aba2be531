"""Writes the results of the tools into the README, between its two marks. Results of tools that were not run are kept."""

import re
import sys

results, readme = sys.argv[1:]
START, END = "<!-- witnesses: begin -->", "<!-- witnesses: end -->"
with open(readme, encoding="utf-8") as file:
    text = file.read()
before, rest = text.split(START)
old, after = rest.split(END)
rows = {}
for line in re.findall(r"^\| (.*) \|$", old, re.MULTILINE)[2:]:
    tool, operation, result = line.split(" | ")
    rows[tool, operation] = result
with open(results, encoding="utf-8") as file:
    for line in file:
        result, tool, operation = line.rstrip("\n").split("\t")
        rows[tool, operation] = result
table = ["| tool | operation | result |", "|---|---|---|"]
table += [f"| {tool} | {operation} | {result} |" for (tool, operation), result in sorted(rows.items())]
with open(readme, "w", encoding="utf-8") as file:
    file.write(before + START + "\n" + "\n".join(table) + "\n" + END + after)
