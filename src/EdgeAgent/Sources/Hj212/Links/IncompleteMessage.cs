using System.Globalization;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// A split message that is not whole.
/// <param name="First">The first of its packets that came over this link.</param>
internal sealed record IncompleteMessage(ReceivedMessage First, IReadOnlyList<int> Came, IReadOnlyList<int> Missing)
{
    // Of a message that says it has thousands; what came is in the batches.
    private const int MostNumbers = 100;

    public string Detail
    {
        get
        {
            var message = First.Message;
            var when = message.DataTime.Length > 0 ? message.DataTime : message.Qn;
            return string.Create(
                CultureInfo.InvariantCulture, $"packets {Text(Missing)} of {message.PacketCount} did not come ({Cn.Describe(message.Cn)} of {when}); kept: {Text(Came)}");
        }
    }

    public Dictionary<string, string> Fields => new(StringComparer.Ordinal)
    {
        ["CN"] = First.Message.Cn.ToString("D4", CultureInfo.InvariantCulture),
        ["DataTime"] = First.Message.DataTime,
        ["PNUM"] = First.Message.PacketCount.ToString(CultureInfo.InvariantCulture),
        ["came"] = Text(Came),
        ["missing"] = Text(Missing),
    };

    private static string Text(IReadOnlyList<int> numbers) =>
        string.Join(',', numbers.Take(MostNumbers).Select(n => n.ToString(CultureInfo.InvariantCulture))) + (numbers.Count > MostNumbers ? ",..." : "");
}
