from PIL import ImageFont

print(ImageFont.truetype("DejaVuSans.ttf", 20).getbbox("here"))
