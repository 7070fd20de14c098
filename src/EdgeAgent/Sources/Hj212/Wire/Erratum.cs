namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// What is taken although the standard says otherwise, by the name it has in RawFrame.warnings. docs/formats/hj212.md lists them.
internal static class Erratum
{
    public const string ShortLength = "three-digit-length";
    public const string LowerCaseCrc = "lower-case-crc";
    public const string NoTail = "no-tail";
    public const string AfterDataArea = "text-after-data-area";
    public const string Encrypted = "encrypted";
    public const string BadFlag = "bad-flag";
    public const string BadQn = "bad-qn";
    public const string PacketNumbers = "packet-numbers-and-flag-disagree";
    public const string Comma = "comma-for-semicolon";
    public const string MissingSeparator = "missing-separator";
    public const string Blank = "blank";
    public const string EmptyItem = "empty-item";
    public const string NoValue = "field-without-value";
    public const string NoDataTime = "no-data-time";
    public const string NotANumber = "not-a-number";
    public const string UnknownField = "unknown-field";
    public const string MissingLetter = "factor-without-letter";
    public const string PacketsMissing = "packets-missing";
    public const string UnknownStation = "unknown-station";
    public const string WrongPassword = "wrong-password";
}
