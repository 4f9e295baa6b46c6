from reportlab.pdfgen import canvas

canvas.Canvas('out.pdf').save()
