# SPDX-License-Identifier: MIT
"""The public headers are a manual: every function has its words, and doxygen makes pages of them without a complaint."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADERS = sorted((ROOT / "include" / "kith").glob("*.h"))


def undocumented(text):
    """Functions with neither a comment before or behind them nor a documented one right above."""
    found = []
    for paragraph in re.split(r"\n\s*\n", text):
        is_told = False
        for statement in re.split(r"(?<=;)(?:[ ]*/\*.*?\*/)?\n", paragraph + "\n"):
            begins = paragraph.find(statement)
            behind = paragraph[begins + len(statement):].split("\n", 1)[0]
            is_told = is_told or "/*" in statement or "/*" in behind
            function = re.search(r"KITH_API\b[^;]*?\b(kith_\w+)\(", statement, re.S)
            if function and not is_told:
                found.append(function[1])
    return found


class Headers(unittest.TestCase):
    def test_every_function_is_documented(self):
        self.assertEqual(undocumented("KITH_API int kith_a(void);\n\n/* B. */\nKITH_API int kith_b(void);\n"), ["kith_a"])
        self.assertGreater(sum(header.read_text().count("KITH_API ") for header in HEADERS), 60)
        self.assertEqual({header.name: names for header in HEADERS if (names := undocumented(header.read_text()))}, {})

    def test_every_header_is_installed(self):
        self.assertEqual(set(re.findall(r"'include/(kith/\w+\.h)'", (ROOT / "meson.build").read_text())),
                         {f"kith/{header.name}" for header in HEADERS})

    @unittest.skipUnless(shutil.which("doxygen"), "doxygen is not here")
    def test_doxygen_makes_pages_of_them(self):
        with tempfile.TemporaryDirectory(prefix="kith-test-") as folder:
            settings = (ROOT / "docs" / "api" / "Doxyfile.in").read_text()
            for name, value in (("@VERSION@", "0"), ("@SOURCE@", str(ROOT)), ("@OUTPUT@", folder),
                                ("python3 ", sys.executable + " ")):
                settings = settings.replace(name, value)
            settings += "GENERATE_HTML = NO\nGENERATE_XML = YES\n"  # as many words, in fewer files
            done = subprocess.run(["doxygen", "-"], input=settings, cwd=folder, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            page = (pathlib.Path(folder) / "xml" / "import_8h.xml").read_text()
            self.assertIn("replace in one step", page)
