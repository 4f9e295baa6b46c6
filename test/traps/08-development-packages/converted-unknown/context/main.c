int madeup(void);

int main(void) {
  return madeup();
}
