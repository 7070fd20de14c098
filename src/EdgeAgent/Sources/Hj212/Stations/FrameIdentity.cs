using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// By what a message is known again: station, command, the time it speaks of, packet number and content. QN is left out where there is a
/// DataTime: a station that was not answered may send the same under a new one (and 2025 adds RF=1). An answer to a recall is another
/// message than the upload it repeats.
internal static class FrameIdentity
{
    public static UInt128 Of(Hj212Message message, bool isRecalled)
    {
        var when = message.DataTime.Length > 0 ? message.DataTime : message.Qn;
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{message.Mn}\n{message.Cn}\n{when}\n{message.PacketNumber}\n{(isRecalled ? 'R' : 'L')}\n{message.Area}");
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.Latin1.GetBytes(text)));
    }
}
