using System.Collections;

namespace EdgeEnforcement.Mqtt.Client;

/// <summary>
/// The identifiers this side has in use; never 0 (MQTT5-2.2.1-3). One goes back only when its exchange is over (MQTT5-2.2.1-4), and the next is
/// looked for behind the last one given out, so that a late answer seldom meets a new exchange. Not synchronised.
/// </summary>
internal sealed class PacketIds
{
    private readonly BitArray _taken = new(ushort.MaxValue + 1);
    private ushort _last;

    public ushort Take()
    {
        for (var tries = 0; tries < ushort.MaxValue; tries++)
        {
            _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
            if (_taken[_last])
                continue;
            _taken[_last] = true;
            return _last;
        }
        throw new InvalidOperationException("all 65,535 packet identifiers are in use: the window is larger than the protocol's");
    }

    public void GiveBack(ushort id) => _taken[id] = false;
}
