namespace EdgeEnforcement.OperatorConsole.Views.Forms;

/// <summary>What kind of box asks for a field.</summary>
public enum FormInput
{
    Text,
    Paragraph,
    Lines,
    Day,
    Instant,
    Instants,
    Number,
    Count,
    Money,
    Offset,
    Position,
    YesNo,
    Hash,
    OneOf,
    SomeOf,
    Found,
    Part,
    Rows,
}
