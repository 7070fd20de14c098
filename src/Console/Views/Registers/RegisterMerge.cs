using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>
/// Two people changed one subject. What the second did not touch is as the first left it, field by field of the content; what both touched is
/// the second's to decide, and the page shows him what the first wrote.
/// </summary>
public static class RegisterMerge
{
    /// <param name="seen">What the second began from.</param>
    /// <param name="mine">What he made of it; is changed.</param>
    /// <param name="now">What the first wrote meanwhile.</param>
    public static void TakeUntouched(RegisterChange seen, RegisterChange mine, RegisterChange now)
    {
        if (FormFields.ContentOf(seen) is not { } before || FormFields.ContentOf(mine) is not { } typed || FormFields.ContentOf(now) is not { } others || before.Descriptor != others.Descriptor)
            return;
        var theirs = others.Descriptor.Parser.ParseFrom(others.ToByteArray()); // a copy: lists and messages are handed over, not shared
        foreach (var field in before.Descriptor.Fields.InDeclarationOrder().Where(field => Same(field, before, typed) && !Same(field, before, theirs)))
        {
            if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(typed);
                list.Clear();
                foreach (var value in (System.Collections.IList)field.Accessor.GetValue(theirs))
                    list.Add(value);
            }
            else if (field.Accessor.GetValue(theirs) is { } value)
                field.Accessor.SetValue(typed, value);
            else
                field.Accessor.Clear(typed);
        }
    }

    private static bool Same(FieldDescriptor field, IMessage one, IMessage other) => Equals(field.Accessor.GetValue(one), field.Accessor.GetValue(other));
}
