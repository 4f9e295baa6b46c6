from transformers import AutoModel

print(AutoModel.from_pretrained('madeup/small'))
