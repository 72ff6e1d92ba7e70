//! Checksums put right, so that chance is not stopped by them before it reaches anything.

/// The chunks of a PNG with the checksums that their bytes ask for (PNG §5.3).
pub fn png(image: &[u8]) -> Vec<u8> {
    let mut png = image.to_vec();
    let mut at = 8;
    while let Some(&[a, b, c, d]) = png.get(at..at + 4) {
        let Some(end) = (at + 8).checked_add(u32::from_be_bytes([a, b, c, d]) as usize) else { break };
        let Some(chunk) = png.get(at + 4..end) else { break };
        let sum = crc32fast::hash(chunk).to_be_bytes();
        let Some(place) = png.get_mut(end..end + 4) else { break };
        place.copy_from_slice(&sum);
        at = end + 4;
    }
    png
}

/// The stored files of a ZIP with the checksums that their bytes ask for, in both places where a ZIP keeps them (APPNOTE §4.3).
pub fn zip(archive: &[u8]) -> Vec<u8> {
    let mut zip = archive.to_vec();
    let word = |zip: &[u8], at: usize| zip.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize);
    let half = |zip: &[u8], at: usize| zip.get(at..at + 2).map(|b| usize::from(u16::from_le_bytes([b[0], b[1]])));
    for entry in places(archive, b"PK\x01\x02") {
        let (Some(size), Some(local)) = (word(&zip, entry + 20), word(&zip, entry + 42)) else { continue };
        let (Some(name), Some(extra)) = (half(&zip, local + 26), half(&zip, local + 28)) else { continue };
        let from = local + 30 + name + extra;
        let Some(content) = zip.get(from..from + size) else { continue };
        let sum = crc32fast::hash(content).to_le_bytes();
        for place in [entry + 16, local + 14] {
            if let Some(place) = zip.get_mut(place..place + 4) {
                place.copy_from_slice(&sum);
            }
        }
    }
    zip
}

/// Where a word of four bytes stands.
fn places(bytes: &[u8], word: &[u8; 4]) -> Vec<usize> {
    bytes.windows(4).enumerate().filter(|(_, four)| four == word).map(|(at, _)| at).collect()
}
