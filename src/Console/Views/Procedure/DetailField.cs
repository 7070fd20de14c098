using Google.Protobuf.Reflection;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>One field of an act's content as a form asks for it.</summary>
/// <param name="Words">Of an enum: under what its values are worded ("SanctionKind").</param>
/// <param name="Values">Of an enum: its values but UNSPECIFIED; of others none, the choices come from the case.</param>
public sealed record DetailField(FieldDescriptor Field, DetailInput Input, string Words, IReadOnlyList<string> Values)
{
    public string Name => Field.Name;

    public bool IsWide => Input is DetailInput.LongText or DetailInput.Lines or DetailInput.SomeOf or DetailInput.Part or DetailInput.Rows;
}
