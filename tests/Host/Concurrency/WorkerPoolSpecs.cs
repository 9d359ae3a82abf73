using Disguise.Host.Concurrency;
using Disguise.Host.Tests.Runs;

namespace Disguise.Host.Tests.Concurrency;

public sealed class WorkerPoolSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Results_come_in_the_order_of_the_pieces(int threads)
    {
        var ticks = new List<int>();
        var results = new WorkerPool(threads, CancellationToken.None).RunAll<string>(
            [.. Enumerable.Range(0, 100).Select<int, Func<string?>>(number => () => $"{number}")],
            ticks.Add);

        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}"), results);
        Assert.Equal(100, ticks[^1]);
        Assert.Equal(ticks.Order(), ticks);
    }

    [Fact]
    public void Pieces_that_others_bring_are_waited_for()
    {
        // A chain: each piece is there only once the one before it has been handed in.
        var next = (object)0;
        var handedIn = new List<int>();
        new WorkerPool(3, CancellationToken.None).Run<object, int>(
            () =>
            {
                var piece = next;
                next = null!;
                return piece;
            },
            piece => (int)piece,
            (_, number) =>
            {
                handedIn.Add(number);
                next = number < 20 ? number + 1 : null!;
            },
            () => { });

        Assert.Equal(Enumerable.Range(0, 21), handedIn);
    }

    [Fact]
    public void What_a_piece_throws_ends_all_and_is_thrown()
    {
        var begun = 0;
        var pool = new WorkerPool(2, CancellationToken.None);

        var error = Assert.Throws<FormatException>(() => pool.RunAll<string>(
            [.. Enumerable.Range(0, 10_000).Select<int, Func<string?>>(number => () =>
            {
                Interlocked.Increment(ref begun);
                return number == 5 ? throw new FormatException("piece 5") : "";
            })],
            _ => { }));

        Assert.Equal("piece 5", error.Message);
        Assert.InRange(begun, 6, 9_999);
    }

    [Fact]
    public void An_interruption_begins_no_new_piece()
    {
        using var interrupted = new CancellationTokenSource();
        var results = new WorkerPool(1, interrupted.Token).RunAll<string>(
            [.. Enumerable.Range(0, 10).Select<int, Func<string?>>(number => () =>
            {
                if (number == 3)
                    interrupted.Cancel();
                return "done";
            })],
            _ => { });

        Assert.Equal(4, results.Count(result => result is not null));
    }

    /// <summary>
    /// Several emulations at once in one process share tables that nobody writes and nothing else.
    /// </summary>
    [Fact]
    public void Emulations_beside_each_other_run_as_they_do_alone()
    {
        string[] Settings(int seed) => ["network.loss=0.01", $"seed={seed}", "duration=100us"];
        var alone = Enumerable.Range(1, 12).Select(seed => SmallWorld.Hash(Settings(seed)));

        var together = new WorkerPool(6, CancellationToken.None).RunAll<string>(
            [.. Enumerable.Range(1, 12).Select<int, Func<string?>>(seed =>
                () => SmallWorld.Hash(Settings(seed)))],
            _ => { });

        Assert.Equal(alone, together);
        Assert.Equal(12, together.Distinct().Count());
    }
}
