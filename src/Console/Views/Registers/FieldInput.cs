namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>What kind of box asks for a field.</summary>
public enum FieldInput
{
    Text,
    Lines,
    Paragraph,
    Day,
    Instant,
    Number,
    Position,
    YesNo,
    OneOf,
    SomeOf,
    Subject,
    Subjects,
    Rows,
}
