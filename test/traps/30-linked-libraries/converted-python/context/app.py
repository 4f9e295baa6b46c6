import madeup_binding

print(madeup_binding.answer())
