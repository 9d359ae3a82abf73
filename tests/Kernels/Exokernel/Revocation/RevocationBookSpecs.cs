using Disguise.Actors.Time;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Revocation;

namespace Disguise.Kernels.Tests.Exokernel.Revocation;

public sealed class RevocationBookSpecs
{
    private const int Alice = 0;
    private const long Us = Picoseconds.PerMicrosecond;
    private const RevocableResource Memory = RevocableResource.Memory;

    private readonly RevocationBook book = new(new RevocationOptions
    {
        Limit = 3,
        AmountLimit = 16,
        LongestPs = 1_000 * Us,
    });

    [Fact]
    public void What_comes_back_by_the_deadline_is_returned()
    {
        Ask(3, 100 * Us, 200 * Us);
        Assert.Equal(RevocationOutcome.Pending, book.Return(Alice, Memory, 1, 120 * Us));
        Assert.Equal(RevocationOutcome.Returned, book.Return(Alice, Memory, 2, 200 * Us));
        Assert.Equal(RevocationStep.None, book.Pass(Alice, Memory, 500 * Us, out _));
        Assert.Equal(ExokernelRefusal.NoRevocation, book.CheckReturn(Alice, Memory, 1));
        Assert.Equal(0, book.Count);
    }

    [Fact]
    public void Past_the_deadline_the_request_is_imperative_and_a_return_is_late()
    {
        Ask(2, 100 * Us, 200 * Us);
        Assert.Equal(RevocationStep.None, book.Pass(Alice, Memory, (200 * Us) - 1, out _));
        Assert.Equal(RevocationStep.Insist, book.Pass(Alice, Memory, 200 * Us, out var revocation));
        Assert.Equal((RevocationStage.Imperative, 2, 250 * Us), (
            revocation.Stage, revocation.Missing, revocation.NextPs));
        Assert.Equal(RevocationStep.None, book.Pass(Alice, Memory, 200 * Us, out _));
        Assert.Equal(RevocationOutcome.ReturnedLate, book.Return(Alice, Memory, 2, 240 * Us));
    }

    [Fact]
    public void Force_takes_what_is_missing_and_not_before_its_time()
    {
        Ask(5, 0, 200 * Us);
        book.Return(Alice, Memory, 2, 100 * Us);
        book.CountBadAnswer(Alice, Memory);
        Assert.Equal(RevocationStep.Insist, book.Pass(Alice, Memory, 200 * Us, out _));
        Assert.Equal(RevocationStep.None, book.Pass(Alice, Memory, (250 * Us) - 1, out _));
        Assert.Equal(RevocationStep.Force, book.Pass(Alice, Memory, 250 * Us, out var revocation));
        Assert.Equal((3, 1), (revocation.Missing, revocation.BadAnswers));
        Assert.Equal(RevocationStep.None, book.Pass(Alice, Memory, 250 * Us, out _));
        Assert.Equal(ExokernelRefusal.NoRevocation, book.CheckReturn(Alice, Memory, 1));
    }

    [Fact]
    public void An_answer_is_no_more_than_was_asked_for()
    {
        Ask(2, 0, 200 * Us);
        Assert.Equal(ExokernelRefusal.BadAnswer, book.CheckReturn(Alice, Memory, 3));
        Assert.Equal(ExokernelRefusal.BadAnswer, book.CheckReturn(Alice, Memory, 0));
        Assert.Equal(ExokernelRefusal.None, book.CheckReturn(Alice, Memory, 2));
        Assert.Equal(
            ExokernelRefusal.NoRevocation,
            book.CheckReturn(Alice, RevocableResource.Network, 1));
        Assert.Throws<InvalidOperationException>(() => book.Return(Alice, Memory, 3, 0));
        Assert.Throws<InvalidOperationException>(() => book.CountBadAnswer(9, Memory));
    }

    [Fact]
    public void Requests_have_limits()
    {
        Assert.Equal(ExokernelRefusal.BadAnswer, Check(0, 5, 0, 0));
        Assert.Equal(ExokernelRefusal.BadAnswer, Check(17, 50, 0, 0));
        Assert.Equal(ExokernelRefusal.NothingToRevoke, Check(1, 0, 0, 0));
        Assert.Equal(ExokernelRefusal.BadDeadline, Check(1, 5, 10, 9));
        Assert.Equal(ExokernelRefusal.BadDeadline, Check(1, 5, 0, (1_000 * Us) + 1));
        Ask(1, 0, 0);
        Assert.Equal(ExokernelRefusal.RevocationPending, Check(1, 5, 0, 0));
        book.Ask(Alice, RevocableResource.Processor, 1, 0, 0);
        book.Ask(1, Memory, 1, 0, 0);
        Assert.Equal(
            ExokernelRefusal.TooManyRevocations, book.CheckAsk(2, Memory, 1, 5, 0, 0));
        Assert.Equal(RevocationOutcome.Returned, book.End(1, Memory, 0));
        Assert.Equal(RevocationOutcome.Pending, book.End(1, Memory, 0));
        Assert.Equal(ExokernelRefusal.None, book.CheckAsk(2, Memory, 1, 5, 0, 0));
    }

    [Fact]
    public void Whatever_is_answered_each_revocation_ends_once_and_force_never_comes_early()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            long nowPs = 0;
            int wanted = random.Next(1, 17);
            long deadlinePs = random.NextInt64(1_000 * Us);
            Ask(wanted, 0, deadlinePs);
            int returned = 0;
            var steps = new List<RevocationStep>();
            RevocationOutcome outcome = RevocationOutcome.Pending;
            while (outcome == RevocationOutcome.Pending)
            {
                nowPs += random.NextInt64(100 * Us);
                RevocationStep step = book.Pass(Alice, Memory, nowPs, out var revocation);
                if (step == RevocationStep.None && random.Next(3) == 0)
                {
                    int amount = random.Next(0, 5);
                    if (book.CheckReturn(Alice, Memory, amount) != ExokernelRefusal.None)
                        continue;
                    returned += amount;
                    outcome = book.Return(Alice, Memory, amount, nowPs);
                    Assert.Equal(returned == wanted, outcome != RevocationOutcome.Pending);
                }
                else if (step != RevocationStep.None)
                {
                    Assert.DoesNotContain(step, steps);
                    steps.Add(step);
                    Assert.Equal(wanted - returned, revocation.Missing);
                    outcome = step == RevocationStep.Force
                        ? RevocationOutcome.Forced
                        : RevocationOutcome.Pending;
                }
            }

            long forcePs = deadlinePs + (50 * Us);
            Assert.Equal(outcome == RevocationOutcome.Returned, nowPs <= deadlinePs);
            Assert.Equal(outcome == RevocationOutcome.Forced, nowPs >= forcePs);
            Assert.Equal(0, book.Count);
        }
    }

    private ExokernelRefusal Check(int wanted, int available, long nowPs, long deadlinePs) =>
        book.CheckAsk(Alice, Memory, wanted, available, nowPs, deadlinePs);

    private void Ask(int wanted, long nowPs, long deadlinePs)
    {
        Assert.Equal(ExokernelRefusal.None, Check(wanted, 99, nowPs, deadlinePs));
        book.Ask(Alice, Memory, wanted, nowPs, deadlinePs);
    }
}
