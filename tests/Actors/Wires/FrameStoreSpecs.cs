using CsCheck;
using Disguise.Actors.Crossings;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Tests.Wires;

public class FrameStoreSpecs
{
    private static readonly Gen<(int Step, int Choice, int LengthBytes)> Steps = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 1_000], Gen.Int[1, FrameStore.LongestFrameBytes]);

    [Fact]
    public void Frames_keep_their_bytes_until_their_last_owner_lets_go() => Steps.List[0, 200]
        .Sample(
            steps =>
            {
                var store = new FrameStore(1 << 20);
                var alive = new List<(long Frame, byte[] Bytes, int Owners)>();
                foreach (var (step, choice, lengthBytes) in steps)
                {
                    if (step == 0 || alive.Count == 0)
                    {
                        var bytes = new byte[lengthBytes];
                        new DeterministicBytes(choice).Fill(bytes);
                        alive.Add((store.Take(bytes), bytes, 1));
                        continue;
                    }

                    var index = choice % alive.Count;
                    var (frame, expected, owners) = alive[index];
                    if (!store.Read(frame).SequenceEqual(expected)
                        || store.DigestOf(frame) != Digest.Of(expected))
                    {
                        return false;
                    }

                    if (step == 1)
                    {
                        store.Retain(frame);
                        alive[index] = (frame, expected, owners + 1);
                    }
                    else
                    {
                        store.Release(frame);
                        alive[index] = (frame, expected, owners - 1);
                        if (owners == 1)
                            alive.RemoveAt(index);
                    }

                    if (store.Count != alive.Count)
                        return false;
                }

                return true;
            },
            iter: 300);

    [Fact]
    public void A_handle_that_outlived_its_frame_throws_though_the_slot_is_used_again()
    {
        var store = new FrameStore(4);
        var old = store.Take(60);
        store.Release(old);
        var young = store.Take(60);

        Assert.NotEqual(old, young);
        Assert.Throws<InvalidOperationException>(() => store.Read(old).Length);
        Assert.Throws<InvalidOperationException>(() => store.Release(old));
        Assert.Equal(60, store.Read(young).Length);
    }

    [Fact]
    public void A_shared_frame_cannot_change_and_a_changed_frame_has_a_new_digest()
    {
        var store = new FrameStore(4);
        var frame = store.Take(new byte[60]);
        var before = store.DigestOf(frame);
        store.Retain(frame);
        Assert.Throws<InvalidOperationException>(() => store.Write(frame).Length);

        store.Release(frame);
        store.Write(frame)[59] = 1;
        Assert.NotEqual(before, store.DigestOf(frame));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(FrameStore.LongestFrameBytes + 1)]
    public void A_frame_of_impossible_length_throws(int lengthBytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameStore(4).Take(lengthBytes));

    private sealed class DeterministicBytes(int seed)
    {
        public void Fill(Span<byte> bytes)
        {
            for (var index = 0; index < bytes.Length; index++)
                bytes[index] = (byte)((index + seed) * 167 >> 3);
        }
    }
}
