using CsCheck;
using Disguise.Hardware.Captures;

namespace Disguise.Hardware.Tests.Captures;

public class CaptureFuzzSpecs
{
    private const int Cases = 20_000;

    private static readonly byte[][] Files =
    [
        Written(),
        new CaptureBytes(true).Section().Interface(options: body => body.Option(9, 12).Option(0))
            .Enhanced(0, 5, new byte[61]).Block(3, body => body.Long(3).Long(0)).ToArray(),
        new CaptureBytes(false).PcapHeader().Record(1, 2, new byte[60]).ToArray(),
        new CaptureBytes(true).PcapHeader(0xA1B23C4D).Record(1, 2, new byte[60]).ToArray(),
    ];

    [Fact]
    public void Random_bytes_behind_any_magic_are_read_or_refused() => Gen.Select(
        Gen.Int[0, Files.Length - 1], Gen.Int[0, 60], Gen.Byte.Array[0, 200]).Sample(
        (file, kept, noise) => ReadOrRefuse([.. Files[file].Take(kept), .. noise]), iter: Cases);

    [Fact]
    public void A_file_with_bytes_changed_or_cut_anywhere_is_read_or_refused() => Gen.Select(
        Gen.Int[0, Files.Length - 1], Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 600]).Sample(
        (file, at, value, length) =>
        {
            var bytes = Files[file].ToArray();
            bytes[at % bytes.Length] = value;
            ReadOrRefuse(bytes);
            ReadOrRefuse(bytes[..Math.Min(length, bytes.Length)]);
        },
        iter: Cases);

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            CaptureReader.ReadAll(new MemoryStream(bytes));
        }
        catch (CaptureFormatException refusal)
        {
            Assert.InRange(refusal.Offset, 0, bytes.Length);
            Assert.DoesNotContain('\n', refusal.Message);
        }
    }

    private static byte[] Written()
    {
        using var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream))
        {
            writer.AddInterface("server.nic.vf[0]");
            writer.Write(0, 1_000, new byte[60], CaptureDirection.Inbound, "a comment");
            writer.Write(0, 2_000, new byte[61]);
        }

        return stream.ToArray();
    }
}
