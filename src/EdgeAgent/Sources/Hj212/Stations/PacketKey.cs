using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// By what packets belong together: station, system, command, time and number of packets; within one message QN may differ (table C.49 of 2017).
internal readonly record struct PacketKey(string Mn, string St, int Cn, string DataTime, int Count)
{
    public static PacketKey Of(Hj212Message message) => new(message.Mn, message.St, message.Cn, message.DataTime, message.PacketCount);
}
