int glow(int steps) { return steps * 3; }
