//! Keys that a flawed library made (CVE-2017-15361, "ROCA"): their private half can be computed.
//!
//! Its primes have the form `k·M + 65537^a mod M`, M being the product of the first primes. So the
//! modulus is a power of 65537 modulo each of these primes, which for another key holds by chance
//! once in 2^27 times. Nemec et al., "The Return of Coppersmith's Attack", §3.

const PRIMES: [u32; 38] = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97,
    101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/// Whether a modulus, big-endian, has the mark.
pub(super) fn is_weak(modulus: &[u8]) -> bool {
    PRIMES.iter().all(|prime| {
        let rest = modulus.iter().fold(0, |rest, byte| (rest * 256 + u32::from(*byte)) % prime);
        let mut power = 1;
        // The powers repeat after at most `prime` steps.
        (0..*prime).any(|_| {
            power = power * 65537 % prime;
            power == rest
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_modulo_every_prime_is_weak_and_its_neighbor_is_not() {
        assert!(is_weak(&[1, 0, 1]));
        assert!(is_weak(&[1]));
        assert!(!is_weak(&[1, 0, 3]));
        assert!(!is_weak(&[2]));
        assert!(!is_weak(&[2, 1]), "every byte counts, not the last one alone");
    }
}
