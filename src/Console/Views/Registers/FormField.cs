using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>One field of a register's content as a form asks for it.</summary>
/// <param name="Of">Whose subjects it names; UNSPECIFIED: none.</param>
/// <param name="Words">Of OneOf and SomeOf: under what its values are worded ("UnitLevel.City").</param>
public sealed record FormField(FieldDescriptor Field, FieldInput Input, RegisterKind Of, string Words, IReadOnlyList<string> Values)
{
    public string Name => Field.Name;

    public bool IsWide => Input is FieldInput.Lines or FieldInput.Paragraph or FieldInput.SomeOf or FieldInput.Subjects || Name is "name" or "document" or "ground";
}
