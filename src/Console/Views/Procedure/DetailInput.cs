namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>What kind of box asks for a field of an act's content.</summary>
public enum DetailInput
{
    Text,
    LongText,
    Lines,
    Day,
    Instant,
    Instants,
    Number,
    Money,
    Offset,
    Position,
    YesNo,
    Hash,
    OneOf,
    SomeOf,
    Part,
    Rows,
}
