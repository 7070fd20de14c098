using System.Diagnostics.CodeAnalysis;

namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>The payload of SUBACK and UNSUBACK: one reason a byte, to the end of the packet.</summary>
internal static class ReasonsReader
{
    public static bool TryRead(
        ref FieldReader fields, Func<ReasonCode, bool> isAllowed, in ProtocolViolation otherwise, [NotNullWhen(true)] out ReasonCode[]? reasons)
    {
        reasons = null;
        var read = new ReasonCode[fields.Rest.Length];
        for (var i = 0; i < read.Length; i++)
        {
            if (!fields.TryReadByte(out var code))
                return false;
            read[i] = (ReasonCode)code;
            if (!isAllowed(read[i]))
                return fields.Fail(otherwise);
        }

        reasons = read;
        return true;
    }
}
