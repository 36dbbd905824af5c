"""Source files of about the size and shape people write, in the languages that are read, for measuring readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FUNCTIONS = 8


def typescript(number: int) -> str:
    """A module of about 110 lines: imports, an interface, a class, functions with callbacks."""
    others = [number + step for step in (1, 2, 3)]
    lines = ['import { readFile } from "node:fs/promises";', 'import type { Options } from "./options";']
    lines += [f'import {{ work{other}x{at} }} from "./module_{other}";' for at, other in enumerate(others)]
    lines += ["", f"export interface Item{number} {{", "  name: string;", "  size?: number;", "}", ""]
    lines += [f"export class Store{number} {{", "  private items = new Map<string, number>();", ""]
    lines += ["  constructor(readonly options: Options) {}", "", f"  add(item: Item{number}): void {{"]
    lines += ["    this.items.set(item.name, item.size ?? this.options.limit);", "  }", "}", ""]
    for at in range(FUNCTIONS):
        lines += [
            f"/** Do step {at}. */",
            f"export async function work{number}x{at}(path: string, limit = {at}) {{",
        ]
        lines += [
            '  const text = await readFile(path, "utf8");',
            '  const parts = text.split("\\n").slice(0, limit);',
        ]
        lines += ["  if (parts.length === 0) {", "    throw new Error(`nothing in ${path}`);", "  }"]
        lines += [f"  const found = await work{other}x{step}(path);" for step, other in enumerate(others[:1])]
        lines += [
            "  return parts.map((part) => ({ name: part, size: found.length })).filter(Boolean);",
            "}",
            "",
        ]
    return "\n".join(lines)


def go(number: int) -> str:
    """A file of about 90 lines: a struct with a method, functions with errors."""
    lines = [f"package part{number}", "", 'import (\n\t"errors"\n\t"os"\n\n\t"example.com/app/other"\n)', ""]
    lines += [f"type Item{number} struct {{\n\tName string\n\tSize int\n}}", ""]
    lines += [f"func (i *Item{number}) Total(factor int) int {{\n\treturn i.Size * factor\n}}", ""]
    for at in range(FUNCTIONS):
        lines += [
            f"// Work{at} does step {at}.",
            f"func Work{at}(path string, limit int) (*Item{number}, error) {{",
        ]
        lines += ["\tdata, err := os.ReadFile(path)", "\tif err != nil {\n\t\treturn nil, err\n\t}"]
        lines += ['\tif len(data) > limit {\n\t\treturn nil, errors.New("too long")\n\t}']
        lines += [f"\treturn &Item{number}{{Name: other.Clean(path), Size: len(data)}}, nil", "}", ""]
    return "\n".join(lines)


def java(number: int) -> str:
    """A class of about 80 lines."""
    lines = [f"package app.part{number};", "", "import app.other.Names;", "import java.util.List;", ""]
    lines += [f"public class Item{number} {{", "    private final List<String> names;", ""]
    lines += [f"    public Item{number}(List<String> names) {{\n        this.names = names;\n    }}", ""]
    for at in range(FUNCTIONS):
        lines += [f"    /** Does step {at}. */", f"    public int work{at}(String name, int limit) {{"]
        lines += ["        if (name == null || names.size() > limit) {"]
        lines += ["            throw new IllegalArgumentException(Names.clean(name));", "        }"]
        lines += [f"        return names.indexOf(name) + {at};", "    }", ""]
    return "\n".join([*lines, "}", ""])


def rust(number: int) -> str:
    """A module of about 90 lines."""
    lines = ["use std::fs;", "", "use crate::other::{clean, Failure};", "", "#[derive(Debug, Clone)]"]
    lines += [f"pub struct Item{number} {{\n    pub name: String,\n    pub size: usize,\n}}", ""]
    for at in range(FUNCTIONS):
        lines += [
            f"/// Does step {at}.",
            f"pub fn work_{at}(path: &str, limit: usize) -> Result<Item{number}, Failure> {{",
        ]
        lines += ["    let text = fs::read_to_string(path).map_err(Failure::from)?;"]
        lines += ["    if text.len() > limit {\n        return Err(Failure::TooLong(text.len()));\n    }"]
        lines += [f"    Ok(Item{number} {{ name: clean(path), size: text.lines().count() }})", "}", ""]
    return "\n".join(lines)


MAKERS: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("TypeScript", ".ts", typescript),
    ("Go", ".go", go),
    ("Java", ".java", java),
    ("Rust", ".rs", rust),
)


def of_each(count: int) -> Iterator[tuple[str, str, list[str]]]:
    """Language, ending and texts."""
    for language, ending, make in MAKERS:
        yield language, ending, [make(number) for number in range(count)]
