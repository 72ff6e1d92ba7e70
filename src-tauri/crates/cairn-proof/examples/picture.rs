//! Draws badges to look at: `cargo run --example picture -- FOLDER`.

use cairn_proof::issue::picture::Picture;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder")?);
    let titles = [
        ("Led the response to three outages", "Ada Example"),
        ("تحليل البيانات المتقدم وتصورها للمؤسسات", "ليلى حسن"),
        ("人工知能と機械学習の基礎から応用までを学ぶ講座", "山田 太郎"),
        (
            "Certified Practitioner of Very Long Titles in Continuing Professional Development and Lifelong Learning (Advanced)",
            "Grace B. Hopper",
        ),
        ("SQL", "Ada"),
        ("Zażółć gęślą jaźń 🎉", "Łukasz Żółw"),
    ];
    for (index, (title, issuer)) in titles.into_iter().enumerate() {
        let id = format!("urn:uuid:{index}");
        let picture = Picture { id: &id, title, issuer, note: "Self-signed" };
        std::fs::write(folder.join(format!("{index}.svg")), picture.svg())?;
        std::fs::write(folder.join(format!("{index}.png")), picture.png(600)?)?;
    }
    Ok(())
}
