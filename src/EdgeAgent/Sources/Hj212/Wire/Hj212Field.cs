namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// One "name=value" as sent. Characters are bytes (ISO 8859-1), so that what is read can be written again byte for byte; Hj212Text
/// makes text for people of them.
internal readonly record struct Hj212Field(string Name, string Value);
