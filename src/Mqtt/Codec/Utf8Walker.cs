namespace EdgeEnforcement.Mqtt.Codec;

/// <summary>
/// Well-formedness of UTF-8 that comes in pieces (RFC 3629, section 4), one byte after the other. Only the first continuation byte has a range of
/// its own: it is what keeps overlong forms, surrogates and code points above U+10FFFF out.
/// </summary>
internal struct Utf8Walker
{
    private int _expected;
    private byte _low;
    private byte _high;

    /// <summary>Whether the text may end here.</summary>
    public readonly bool IsComplete => _expected == 0;

    public bool TryTake(ReadOnlySpan<byte> piece)
    {
        foreach (var next in piece)
        {
            if (_expected > 0)
            {
                if (next < _low || next > _high)
                    return false;
                (_expected, _low, _high) = (_expected - 1, 0x80, 0xBF);
            }
            else if (next >= 0x80 && !TryStart(next))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryStart(byte first)
    {
        (_expected, _low, _high) = first switch
        {
            >= 0xC2 and <= 0xDF => (1, (byte)0x80, (byte)0xBF),
            0xE0 => (2, (byte)0xA0, (byte)0xBF),
            0xED => (2, (byte)0x80, (byte)0x9F),
            >= 0xE1 and <= 0xEF => (2, (byte)0x80, (byte)0xBF),
            0xF0 => (3, (byte)0x90, (byte)0xBF),
            >= 0xF1 and <= 0xF3 => (3, (byte)0x80, (byte)0xBF),
            0xF4 => (3, (byte)0x80, (byte)0x8F),
            _ => (0, (byte)0, (byte)0),
        };
        return _expected > 0;
    }
}
