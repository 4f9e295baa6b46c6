fn main() {
    print!("{}", std::fs::read_to_string("tables/words.txt").unwrap());
}
