fn main() {
    std::fs::write("tables/words.txt", "hello\n").unwrap();
}
