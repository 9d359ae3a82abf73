using System.Buffers.Binary;

namespace Disguise.Hardware.Tests.Captures;

/// <summary>Capture files byte by byte, in either byte order.</summary>
internal sealed class CaptureBytes(bool isBigEndian)
{
    private readonly List<byte> bytes = [];

    public int Length => bytes.Count;

    public byte[] ToArray() => [.. bytes];

    public MemoryStream ToStream() => new(ToArray());

    public CaptureBytes Word(int value)
    {
        Span<byte> word = stackalloc byte[2];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(word, (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(word, (ushort)value);
        }

        bytes.AddRange(word);
        return this;
    }

    public CaptureBytes Long(long value)
    {
        Span<byte> word = stackalloc byte[4];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(word, (uint)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(word, (uint)value);
        }

        bytes.AddRange(word);
        return this;
    }

    public CaptureBytes Raw(params byte[] raw)
    {
        bytes.AddRange(raw);
        return this;
    }

    public CaptureBytes Padded(byte[] raw) => Raw(raw).Raw(new byte[-raw.Length & 3]);

    public CaptureBytes Option(int code, params byte[] value) =>
        Word(code).Word(value.Length).Padded(value);

    /// <summary>Eight bytes in this byte order.</summary>
    public byte[] Quad(long value)
    {
        var quad = BitConverter.GetBytes(value);
        return BitConverter.IsLittleEndian == isBigEndian ? [.. quad.Reverse()] : quad;
    }

    public CaptureBytes Block(long type, Action<CaptureBytes> write)
    {
        var body = new CaptureBytes(isBigEndian);
        write(body);
        var length = body.Length + 12;
        return Long(type).Long(length).Raw(body.ToArray()).Long(length);
    }

    public CaptureBytes Section() => Block(0x0A0D0D0A, body =>
        body.Long(0x1A2B3C4D).Word(1).Word(0).Long(-1).Long(-1));

    public CaptureBytes Interface(
        int link = 1, int snapLength = 0, Action<CaptureBytes>? options = null) =>
        Block(1, body =>
        {
            body.Word(link).Word(0).Long(snapLength);
            options?.Invoke(body);
        });

    public CaptureBytes Enhanced(
        long interfaceNumber,
        long units,
        byte[] frame,
        int? original = null,
        Action<CaptureBytes>? options = null) => Block(6, body =>
        {
            body.Long(interfaceNumber).Long(units >> 32).Long(units);
            body.Long(frame.Length).Long(original ?? frame.Length).Padded(frame);
            options?.Invoke(body);
        });

    public CaptureBytes PcapHeader(long magic = 0xA1B2C3D4, long link = 1) =>
        Long(magic).Word(2).Word(4).Long(0).Long(0).Long(65_535).Long(link);

    public CaptureBytes Record(long seconds, long fraction, byte[] frame, int? original = null) =>
        Long(seconds).Long(fraction).Long(frame.Length).Long(original ?? frame.Length).Raw(frame);
}
