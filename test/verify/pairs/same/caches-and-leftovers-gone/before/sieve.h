int is_prime(int n);
