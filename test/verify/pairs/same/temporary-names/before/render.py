import pathlib
import tempfile

work = pathlib.Path(tempfile.mkdtemp(prefix="render-"))
(work / "page-1.txt").write_text("Dear reader,\n")
with tempfile.NamedTemporaryFile(dir=work, delete=False) as f:
    f.write(b"draft")
print("working in", work)
print("last draft", f.name)
print(object())
print(len(list(work.iterdir())), "files")
