"""The text that lies beside a locked case: how to open it, with this program and without, and nothing of what is in it."""

HOW_TO_OPEN = """\
This archive is locked. / Dette arkivet er låst.

locked.age   all of it, encrypted       / alt sammen, kryptert
key.age      opens it, with the passphrase / åpner det, med passordfrasen
Keep both. Without passphrase and recovery words nobody can open it.
Ta vare på begge. Uten passordfrase og gjenopprettingsord kan ingen åpne det.

Open it / Åpne det:

    casefile --case THIS-FOLDER unlock
    casefile --case THIS-FOLDER unlock --recovery     (the twelve words / de tolv ordene)

Without that program / Uten det programmet: "age" (https://age-encryption.org)
opens it, and "tar" unpacks it. Unpack into a NEW, empty folder.
Pakk ut i en NY, tom mappe.

    age --decrypt -i key.age -o archive.tar locked.age
    tar -xf archive.tar -C NEW-FOLDER

With the twelve words, let Python print the key they stand for into a
file that you delete afterwards, and use that file instead of key.age:

----- words.py
import hashlib
words = " ".join(input("Twelve words: ").lower().split())
seed = hashlib.pbkdf2_hmac("sha512", words.encode(), b"mnemonic", 2048)[:32]
def polymod(values):
    c = 1
    for v in values:
        top, c = c >> 25, (c & 0x1ffffff) << 5 ^ v
        for i, g in enumerate((0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3)):
            c ^= g if top >> i & 1 else 0
    return c
name, bits = "age-secret-key-", int.from_bytes(seed, "big") << 4
data = [bits >> 5 * i & 31 for i in reversed(range(52))]
check = polymod([ord(c) >> 5 for c in name] + [0] + [ord(c) & 31 for c in name] + data + [0] * 6) ^ 1
data += [check >> 5 * i & 31 for i in reversed(range(6))]
print((name + "1" + "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[v] for v in data)).upper())
-----
"""
