fn main() {
    teller::ask("example.org");
}
