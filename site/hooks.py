"""What MkDocs does not do itself, without a plugin.

- A line `folder/*` in the nav stands for all pages of that folder of docs/ which have no line of their own, by title. So a new guide
  needs no change of mkdocs.yml.
- Lists are indented as CommonMark and GitHub read them; Python-Markdown requires four blanks for each level.
- Pages link to files outside docs/, with links that work in the repository. Each such file becomes a page below repository/: a
  Markdown file as it is, another one as a block of code, a folder without README.md as a list. The links are changed accordingly.
  The repository's own address is not needed, so a fork and a local copy have working links as well.
"""

import logging
import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import File, InclusionLevel

log = logging.getLogger("mkdocs.hooks.site")

ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = "repository"
LINK = re.compile(r"(\]\()([^)\s]+)(\))")
FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
ITEM = re.compile(r"( *(?:[-*+]|\d+[.)]) +)\S")
TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
LEXERS = {".sh": "bash", ".java": "java", ".py": "python", ".tf": "hcl", ".bicep": "bicep", ".go": "go", ".cs": "csharp"}
LEXERS |= {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".xml": "xml", ".js": "javascript", ".mjs": "javascript"}
MERMAID = "assets/mermaid.min.js"
MERMAID_COPIES = "target/site-mermaid/mermaid-*.min.js"  # by site/build
MOST = 200_000  # characters of a file that is shown

_repository_path = {}  # of each page below repository/, by its path in the site


def on_config(config):
    if not config.nav:
        raise ValueError("mkdocs.yml must have a nav")
    listed = set(_listed(config.nav))
    config.nav = _expanded(config.nav, Path(config.docs_dir), listed)
    return config


def _listed(nav):
    for entry in nav:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        if isinstance(value, list):
            yield from _listed(value)
        elif not value.endswith("/*"):
            yield value


def _expanded(nav, docs, listed):
    result = []
    for entry in nav:
        name, value = next(iter(entry.items())) if isinstance(entry, dict) else (None, entry)
        if isinstance(value, list):
            result.append({name: _expanded(value, docs, listed)})
        elif not value.endswith("/*"):
            result.append(entry)
        else:
            pages = _pages(docs, value[:-2], listed)
            if name is None:
                result.extend(pages)
            elif pages:
                result.append({name: pages})
    return result


def _pages(docs, folder, listed):
    pages = [path.relative_to(docs).as_posix() for path in (docs / folder).glob("*.md")]
    return sorted((page for page in pages if page not in listed), key=lambda page: _title(docs / page).lower())


def _title(page):
    title = TITLE.search(page.read_text(encoding="utf-8"))
    return title.group(1) if title else page.stem


def on_files(files, config):
    for copy in sorted(ROOT.glob(MERMAID_COPIES))[-1:]:
        files.append(File.generated(config, MERMAID, abs_src_path=str(copy)))
    docs = Path(config.docs_dir).resolve()
    waiting = [(f"docs/{file.src_uri}", Path(file.abs_src_path)) for file in files.documentation_pages()]
    waiting += [(path, ROOT / path) for path in _outside_pages_of(config.nav)]
    for path, _ in waiting:
        if not path.startswith("docs/"):
            _add(path, files, config)
    while waiting:
        path, source = waiting.pop()
        for target in _targets(path, source.read_text(encoding="utf-8")):
            if (ROOT / target).resolve().is_relative_to(docs) or not (ROOT / target).exists():
                continue  # MkDocs reports a broken link
            page = _add(target, files, config)
            if page and page.endswith(".md"):
                waiting.append((page, ROOT / page))
    return files


def _outside_pages_of(nav):
    return [page.removeprefix(OUTSIDE + "/") for page in _listed(nav) if page.startswith(OUTSIDE + "/")]


def _targets(path, text):
    found = []
    _each_link(text, lambda link: found.append(_target(path, link)) or link)
    return [target for target in found if target and not target.startswith("..")]


def _target(path, link):
    """The file in the repository; None for another kind of link."""
    if re.match(r"[a-z][a-z0-9+.-]*:|#|/", link):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), link.split("#")[0]))


def _site_path(target):
    """Where a file of the repository is in the site, as MkDocs' source path."""
    if target.startswith("docs/"):
        return target.removeprefix("docs/")
    if (ROOT / target).is_dir():
        return f"{OUTSIDE}/{target}/README.md".replace("/./", "/")
    return f"{OUTSIDE}/{target}" if target.endswith(".md") else f"{OUTSIDE}/{target}.md"


def _add(target, files, config):
    """Adds the page of a file outside docs/. Returns the Markdown file whose links have to be followed, if it is a new one."""
    source = ROOT / target
    if source.is_dir() and (source / "README.md").exists():
        target, source = posixpath.normpath(f"{target}/README.md"), source / "README.md"
    uri = _site_path(target)
    if uri in _repository_path and files.get_file_from_path(uri):
        return None
    _repository_path[uri] = target
    is_page = target.endswith(".md")
    text = source.read_text(encoding="utf-8") if is_page else _shown(target, source)
    page = File.generated(config, uri, content=text)
    in_nav = uri in _listed(config.nav)
    page.inclusion = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
    files.append(page)
    return target if is_page else None


def _shown(target, source):
    hidden = "---\nsearch: {exclude: true}\nhide: [navigation, toc]\n---\n"
    if source.is_dir():
        names = sorted(path.name + ("/" if path.is_dir() else "") for path in source.iterdir() if path.name != "target")
        return hidden + f"# {target}/\n\nA folder of the repository:\n\n" + "".join(f"- `{name}`\n" for name in names)
    text = source.read_text(encoding="utf-8")[:MOST]
    fence = "`" * (max((len(run) for run in re.findall(r"`+", text)), default=2) + 3)
    return hidden + f"# {source.name}\n\n`{target}` of the repository:\n\n{fence}{LEXERS.get(source.suffix, 'text')}\n{text}\n{fence}\n"


def _each_link(text, change):
    lines, fence = [], None
    for line in text.split("\n"):
        mark = FENCE.match(line)
        if mark and (fence is None or line.strip().startswith(fence)):
            fence = mark.group(1) if fence is None else None
        elif fence is None:
            line = LINK.sub(lambda link: link.group(1) + change(link.group(2)) + link.group(3), line)
        lines.append(line)
    return "\n".join(lines)


def _with_four_blanks(text):
    """Indents what is inside a list item by four blanks for each level, and puts a blank line before a list."""
    lines, inside, fence, shift, before = [], [], None, 0, ""
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip(" "))
        mark = FENCE.match(line)
        if fence is not None:
            lines.append(" " * max(0, indent + shift) + line.strip(" ") if line.strip() else line)
            if mark and line.strip().startswith(fence):
                fence = None
            before = line
            continue
        if not line.strip():
            lines.append("")
            before = ""
            continue
        while inside and indent < inside[-1]:
            inside.pop()
        shift = 4 * len(inside) - (inside[-1] if inside else 0)
        item = ITEM.match(line)
        if item and not inside and before and not ITEM.match(before) and not before.startswith((" ", "#")):
            lines.append("")
        lines.append(" " * (indent + shift) + line.lstrip(" "))
        if mark:
            fence = mark.group(1)
        elif item:
            inside.append(item.end(1))
        before = line
    return "\n".join(lines)


def on_page_markdown(markdown, page, config, files):
    uri = page.file.src_uri
    if uri == "index.md":
        page.meta["hide"] = ["navigation"]
    path = _repository_path.get(uri, f"docs/{uri}")

    def changed(link):
        target = _target(path, link)
        if target is None:
            return link
        if not (ROOT / target).exists():
            return link  # MkDocs reports it
        if target.startswith("docs") and (ROOT / target).is_dir():
            log.warning("`%s` links to the folder `%s`: link to a page, which the site can show", path, link)
            return link
        anchor = link[link.index("#"):] if "#" in link else ""
        return posixpath.relpath(_site_path(target), posixpath.dirname(uri) or ".") + anchor

    return _with_four_blanks(_each_link(markdown, changed))


def on_post_page(output, page, config):
    """The theme uses a copy of mermaid that is already loaded. It is large, so only pages with a diagram load it."""
    if 'class="mermaid"' not in output or not any(ROOT.glob(MERMAID_COPIES)):
        return output
    script = posixpath.relpath(MERMAID, posixpath.dirname(page.file.dest_uri) or ".")
    return output.replace("</head>", f'<script src="{script}"></script></head>', 1)
