fn main(){ println!("{}", serde_json::to_string_pretty(&handover::record::json_schema()).unwrap()); }
