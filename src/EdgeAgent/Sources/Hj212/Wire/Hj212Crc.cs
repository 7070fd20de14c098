namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// HJ 212-2017 annex A. Looks like CRC-16/Modbus and is not: the low byte of the register is thrown away at each step, which leaves
/// eight bits of state and 256 different values. It tells line noise; it proves nothing.
internal static class Hj212Crc
{
    public static ushort Compute(ReadOnlySpan<byte> bytes)
    {
        var register = 0xFFFF;
        foreach (var b in bytes)
        {
            register = (register >> 8) ^ b;
            for (var bit = 0; bit < 8; bit++)
                register = (register & 1) == 0 ? register >> 1 : (register >> 1) ^ 0xA001;
        }
        return (ushort)register;
    }
}
