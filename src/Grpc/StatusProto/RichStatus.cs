using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace Google.Rpc;

/// <summary>A status with details: messages that a program can act on.</summary>
public sealed partial class Status
{
    /// <summary>The first detail of a type, or null.</summary>
    public T? GetDetail<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>()
        where T : class, IMessage<T>, new()
    {
        foreach (var detail in Details)
        {
            if (detail.TryUnpack<T>(out var message))
                return message;
        }

        return null;
    }
}
