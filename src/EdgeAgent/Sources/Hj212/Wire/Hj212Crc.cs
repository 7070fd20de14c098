namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// HJ 212-2017 annex A. Looks like CRC-16/Modbus and is not: the low byte of the register is thrown away at each step, which leaves
/// eight bits of state and 256 different values. It tells line noise; it proves nothing.
internal static class Hj212Crc
{
    // What eight shifts make of the register's high byte and the next byte together: they are eight bits, so all there is.
    private static readonly ushort[] Steps = [.. Enumerable.Range(0, 256).Select(Shift)];

    public static ushort Compute(ReadOnlySpan<byte> bytes)
    {
        ushort register = 0xFFFF;
        foreach (var b in bytes)
            register = Steps[(register >> 8) ^ b];
        return register;
    }

    private static ushort Shift(int register)
    {
        for (var bit = 0; bit < 8; bit++)
            register = (register & 1) == 0 ? register >> 1 : (register >> 1) ^ 0xA001;
        return (ushort)register;
    }
}
