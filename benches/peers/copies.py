"""The least a race can take: reading a file, and writing as many bytes as a result has.

copies.py INPUT OUTPUT RESULT
"""
import os
import sys

BLOCK = 1 << 20


def main(source, target, result):
    left = os.path.getsize(result)
    with open(source, "rb", 0) as read, open(target, "wb", 0) as write:
        block = bytes(BLOCK)
        while more := read.read(BLOCK):
            block = more
        while left > 0:
            left -= write.write((block * (BLOCK // len(block) + 1))[:min(left, BLOCK)])


main(*sys.argv[1:])
