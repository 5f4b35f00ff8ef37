"""Clients for the race, the same ones on every run: python generate.py ROWS FILE"""
import random
import sys

from rules import COLUMNS


def main(rows, file):
    random.seed(7)
    pick = random.randrange

    def hundredths(low, high):
        value = pick(low, high)
        return f"{value // 100}.{value % 100:02d}"

    with open(file, "w") as out:
        out.write(",".join(["id", *(path for path, _ in COLUMNS.values())]) + "\n")
        for row in range(rows):
            out.write(
                f"C{row:07d},{pick(8, 600)},{pick(8, 900)},{pick(0, 40)},{hundredths(0, 1200)}%,{hundredths(0, 1200)}%,"
                f"{hundredths(20, 250)},{hundredths(25, 900)},{hundredths(4_800_000, 21_000_000)},"
                f"{hundredths(2_400, 6_500)},{hundredths(0, 800)}%\n"
            )


main(int(sys.argv[1]), sys.argv[2])
