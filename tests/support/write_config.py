#!/usr/bin/env python3
"""Write a config that runs: the shipped example, filled in.

usage: write_config.py FOLDER URL [SECTION.KEY=VALUE]...
Makes FOLDER (0700), writes FOLDER/config.ini, prints its path. "group" stands
for the example's first group.
"""
import sys

from bot import Bot


def main():
    folder, url, *more = sys.argv[1:]
    sections = {"matrix": {"token": "made-up-token"}}
    for word in more:
        name, value = word.split("=", 1)
        section, key = name.rsplit(".", 1)
        sections.setdefault(section, {})[key] = value
    bot = Bot(folder, url, "@hearth:hearth.test")
    bot.configure(sections)
    print(bot.config)


if __name__ == "__main__":
    main()
